//! Places in the text of a definition, and additions to its lists that leave everything else as it is.

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

/// The table at a path of keys.
pub(super) fn table<'d>(document: &'d mut DocumentMut, path: &[&str]) -> Option<&'d mut Table> {
    path.iter().try_fold(document.as_table_mut(), |table, key| table.get_mut(key)?.as_table_mut())
}

/// A list of tables at the top: `[[question]]`.
pub(super) fn tables<'d>(document: &'d mut DocumentMut, key: &str) -> Option<&'d mut ArrayOfTables> {
    document.get_mut(key)?.as_array_of_tables_mut()
}

/// One of the tables that stand in a table under a key.
pub(super) fn nth<'t>(table: Option<&'t mut Table>, key: &str, at: usize) -> Option<&'t mut Table> {
    table?.get_mut(key)?.as_array_of_tables_mut()?.get_mut(at)
}

/// Adds to a list, which is begun where there is none.
pub(super) fn push(table: &mut Table, key: &str, value: Value) {
    let list = table.entry(key).or_insert_with(|| toml_edit::value(Array::new()));
    if let Some(list) = list.as_array_mut() {
        let is_tall = list
            .iter()
            .any(|one| one.decor().prefix().and_then(|it| it.as_str()).is_some_and(|it| it.contains('\n')));
        list.push(value);
        let last = list.len() - 1;
        if let Some(pushed) = list.get_mut(last).filter(|_| is_tall) {
            pushed.decor_mut().set_prefix("\n  ");
        }
    }
}

/// Adds a text to a key that holds one text or several, in place.
pub(super) fn push_to(table: &mut dyn TableLike, key: &str, text: &str) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        None => drop(table.insert(key, toml_edit::value(text))),
        Some(Value::Array(list)) => list.push(text),
        Some(one) => {
            let decor = one.decor().clone();
            let mut list: Array = [one.clone().decorated("", "")].into_iter().collect();
            list.push(text);
            *one = Value::Array(list);
            *one.decor_mut() = decor;
        }
    }
}

/// Another name for something that stands on one line.
pub(super) fn push_inline(group: &mut InlineTable, alias: &str) {
    match group.get_mut("aliases").and_then(Value::as_array_mut) {
        Some(list) => list.push(alias),
        None => {
            group.insert("aliases", Value::Array([alias].into_iter().collect()));
        }
    }
}

//! Tables of two dimensions with their margins, as networks: every figure is an edge between its row
//! and its column, and what margins leave open runs around rings.

use std::collections::BTreeMap;

use super::sheet::Sheet;
use crate::survey::Survey;
use crate::tally::{Cell, Department, Group, Question};

/// A figure between the nodes of its row and of its column.
#[derive(Clone, Copy, Debug)]
struct Edge {
    entry: usize,
    row: usize,
    column: usize,
}

/// One table; rows and columns are numbered through.
#[derive(Clone, Debug)]
pub(super) struct Table {
    edges: Vec<Edge>,
    nodes: usize,
    of_entry: BTreeMap<usize, usize>,
}

/// Questions by departments, and for every breakdown groups by departments and by questions.
pub(super) fn tables(survey: &Survey, sheet: &Sheet) -> Vec<Table> {
    let Some(first) = sheet.entries.first() else { return Vec::new() };
    let everyone = Cell { group: Group::Everyone, ..first.cell };
    let departments: Vec<Department> = survey
        .department_cells(everyone.audience)
        .into_iter()
        .filter(|department| *department != Department::Whole)
        .collect();
    let questions = survey.question_cells();
    let mut tables = vec![Table::of(sheet, &departments, &questions, |&department, &question| Cell {
        department,
        question,
        ..everyone
    })];
    for groups in &sheet.groups {
        let rows: Vec<Group> = std::iter::once(Group::Everyone).chain(groups.iter().copied()).collect();
        tables.push(Table::of(sheet, &rows, &departments, |&group, &department| Cell {
            group,
            department,
            question: Question::All,
            ..everyone
        }));
        for department in [Department::All, Department::Whole] {
            tables.push(Table::of(sheet, &rows, &questions, |&group, &question| Cell {
                group,
                department,
                question,
                ..everyone
            }));
        }
    }
    tables.retain(|table| !table.edges.is_empty());
    tables
}

impl Table {
    fn of<R, C>(sheet: &Sheet, rows: &[R], columns: &[C], cell: impl Fn(&R, &C) -> Cell) -> Table {
        let mut table =
            Table { edges: Vec::new(), nodes: rows.len() + columns.len(), of_entry: BTreeMap::new() };
        for (row, of_row) in rows.iter().enumerate() {
            for (column, of_column) in columns.iter().enumerate() {
                if let Some(entry) = sheet.find(&cell(of_row, of_column), None) {
                    table.of_entry.entry(entry).or_insert(table.edges.len());
                    table.edges.push(Edge { entry, row, column: rows.len() + column });
                }
            }
        }
        table
    }

    /// The figures that close the cheapest ring around one, of those that have a cost; `None` where the
    /// table has no such ring through it.
    pub fn cheapest_ring(&self, entry: usize, cost: impl Fn(usize) -> Option<u64>) -> Option<Vec<usize>> {
        let around = self.edges[*self.of_entry.get(&entry)?];
        let mut distance = vec![u64::MAX; self.nodes];
        let mut came_by: Vec<Option<Edge>> = vec![None; self.nodes];
        let mut done = vec![false; self.nodes];
        distance[around.row] = 0;
        loop {
            let open = (0..self.nodes).filter(|node| !done[*node] && distance[*node] < u64::MAX);
            let node = open.min_by_key(|node| distance[*node])?;
            if node == around.column {
                break;
            }
            done[node] = true;
            let here = self.edges.iter().filter(|edge| edge.entry != entry);
            for edge in here.filter(|edge| edge.row == node || edge.column == node) {
                let other = edge.row + edge.column - node;
                let Some(cost) = cost(edge.entry) else { continue };
                let through = distance[node].saturating_add(cost);
                if through < distance[other] {
                    distance[other] = through;
                    came_by[other] = Some(*edge);
                }
            }
        }
        let mut ring = Vec::new();
        let mut node = around.column;
        while let Some(edge) = came_by[node] {
            ring.push(edge.entry);
            node = edge.row + edge.column - node;
        }
        Some(ring)
    }
}

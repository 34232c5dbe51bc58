//! Sums of files that are too large to be kept form by form: the rows that the query of `sql` makes, in
//! one pass, where every form is a respondent of its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::ingest::{Code, Consumer, SumRow, SumRows};
use crate::sums::Part;
use crate::survey::{Answer, Item, Survey};
use crate::tally::{Against, Department, Question, department_pairs, fed_by};

/// What one form answered in one figure, or all of them: k, y, top and n.
#[derive(Clone, Copy, Debug, Default)]
struct Said {
    k: u64,
    y: u64,
    top: u64,
    n: u64,
}

/// Numbers of a cell in front of how often each score was given.
const NUMBERS: usize = Part::Cell.numbers().len();
/// Numbers of a pair.
const PAIR: usize = Part::Pair.numbers().len();

/// The figures over the items of a wave, or over those in common with another one.
#[derive(Clone, Debug)]
struct Scope {
    compared: Option<usize>,
    items: u64,
    /// Per item of the wave, the domains that its answers count in.
    feeds: Vec<Vec<usize>>,
}

/// Sums of one audience in one wave.
#[derive(Clone, Debug)]
pub(super) struct Summer {
    pub wave: usize,
    pub audience: usize,
    domains: Vec<(Department, Question)>,
    scopes: Vec<Scope>,
    top: usize,
    cut: u8,
    /// Breakdown and group of each group that is summed: everyone, those of the definition, those who
    /// stated none, and those published as one.
    groups: Vec<[String; 2]>,
    /// Per breakdown and group, the last for not stated: its places among the groups.
    places: Vec<Vec<Vec<usize>>>,
    /// Places of two domains in each pair: the left one, what it is held against, and whether the left one
    /// is taken out of that.
    pairs: Vec<(usize, usize, bool)>,
    pair_ids: Vec<(Department, Question, Against)>,
    /// Per group.
    forms: Vec<u64>,
    /// Per group, scope and domain the numbers of a cell.
    cells: Vec<u64>,
    /// Per pair.
    crossed: Vec<u64>,
    /// The figures that are shown by groups.
    grouped: Vec<usize>,
    /// Per combination of groups, and figure of these, the number of units.
    combinations: BTreeMap<Vec<Option<usize>>, Vec<u64>>,
    // The form that is counted.
    said: Vec<Said>,
    numbers: Vec<u64>,
}

impl Summer {
    /// Nothing yet.
    pub fn of(survey: &Survey, wave: usize, audience: usize) -> Summer {
        let departments = survey.department_cells(audience);
        let questions = survey.question_cells();
        let domains: Vec<(Department, Question)> = departments
            .iter()
            .flat_map(|&it| questions.iter().map(move |&question| (it, question)))
            .collect();
        let items = survey.items(wave, audience);
        let scope = |compared: Option<usize>, asked: &[Item]| Scope {
            compared,
            items: asked.len() as u64,
            feeds: items
                .iter()
                .map(|item| if asked.contains(item) { fed_by(&domains, *item) } else { Vec::new() })
                .collect(),
        };
        let others = (0..survey.waves.len()).filter(|other| *other != wave);
        let common = others.map(|other| scope(Some(other), &survey.compared_items(audience, wave, other)));
        let scopes: Vec<Scope> = std::iter::once(scope(None, &items)).chain(common).collect();
        let mut groups = vec![["all".to_owned(), "all".to_owned()]];
        let mut places = Vec::new();
        for by in &survey.audiences[audience].breakdowns {
            let first = groups.len();
            let ids = by.groups.iter().map(|it| it.id.as_str()).chain(["not-stated"]);
            groups.extend(ids.map(|id| [by.id.clone(), id.to_owned()]));
            let mut of: Vec<Vec<usize>> = (first..groups.len()).map(|place| vec![place]).collect();
            for combination in &by.combine {
                combination.groups.iter().for_each(|group| of[*group].push(groups.len()));
                groups.push([by.id.clone(), combination.names.id.clone()]);
            }
            places.push(if by.asked.in_wave(wave) { of } else { vec![Vec::new(); of.len()] });
        }
        let at =
            |wanted: (Department, Question)| domains.iter().position(|it| *it == wanted).unwrap_or_default();
        let mut pairs = Vec::new();
        let mut pair_ids = Vec::new();
        for &question in &questions {
            for (left, right) in department_pairs(survey, audience) {
                let (within, is_rest) = match right {
                    Against::Department(other) => (other, false),
                    Against::Rest => (Department::All, true),
                };
                pairs.push((at((left, question)), at((within, question)), is_rest));
                pair_ids.push((left, question, right));
            }
        }
        let scale = survey.scale_of(wave);
        let top = usize::from(survey.most_scores());
        let figures = scopes.len() * domains.len();
        // One question about one department is never shown by groups.
        let is_grouped = |figure: &usize| {
            let (department, question) = domains[figure % domains.len()];
            question == Question::All || !matches!(department, Department::One(_))
        };
        Summer {
            wave,
            audience,
            top,
            cut: scale.top_cut(),
            forms: vec![0; groups.len()],
            cells: vec![0; groups.len() * figures * (NUMBERS + top)],
            crossed: vec![0; pairs.len() * PAIR],
            grouped: (0..figures).filter(is_grouped).collect(),
            combinations: BTreeMap::new(),
            said: vec![Said::default(); domains.len()],
            numbers: vec![0; figures * (NUMBERS + top)],
            domains,
            scopes,
            groups,
            places,
            pairs,
            pair_ids,
        }
    }

    /// The rows that the query makes of the same answers.
    pub fn into_rows(self, survey: &Survey, file: &str) -> SumRows {
        let mut rows = Vec::new();
        let none = SumRow {
            part: Part::Forms,
            compared: None,
            department: None,
            question: None,
            breakdown: String::new(),
            group: String::new(),
            combination: Arc::default(),
            against: None,
            numbers: Vec::new(),
        };
        rows.extend(self.scopes.iter().map(|scope| SumRow {
            part: Part::Asked,
            compared: scope.compared,
            numbers: vec![scope.items],
            ..none.clone()
        }));
        let figures = self.figures();
        let width = NUMBERS + self.top;
        let groups = self.groups.iter().zip(&self.forms).zip(self.cells.chunks(figures.len() * width));
        for (([breakdown, group], &forms), cells) in groups.filter(|((_, forms), _)| **forms > 0) {
            let of = SumRow { breakdown: breakdown.clone(), group: group.clone(), ..none.clone() };
            rows.push(SumRow { numbers: vec![forms, forms, 0], ..of.clone() });
            for (&(compared, department, question), numbers) in figures.iter().zip(cells.chunks(width)) {
                if numbers.iter().any(|number| *number > 0) {
                    rows.push(SumRow {
                        part: Part::Cell,
                        compared,
                        department: Some(department),
                        question: Some(question),
                        numbers: numbers.to_vec(),
                        ..of.clone()
                    });
                }
            }
        }
        let by = &survey.audiences[self.audience].breakdowns;
        for (groups, units) in &self.combinations {
            let id = |(by, group): (&crate::survey::Breakdown, &Option<usize>)| {
                let id = group
                    .and_then(|group| by.groups.get(group))
                    .map_or("not-stated", |names| names.id.as_str());
                [by.id.clone(), id.to_owned()]
            };
            let combination: Arc<[[String; 2]]> = by.iter().zip(groups).map(id).collect();
            for (figure, &units) in self.grouped.iter().zip(units).filter(|(_, units)| **units > 0) {
                let (compared, department, question) = figures[*figure];
                rows.push(SumRow {
                    part: Part::Combination,
                    compared,
                    department: Some(department),
                    question: Some(question),
                    combination: Arc::clone(&combination),
                    numbers: vec![units],
                    ..none.clone()
                });
            }
        }
        for ((department, question, against), numbers) in self.pair_ids.iter().zip(self.crossed.chunks(PAIR))
        {
            let against = match against {
                Against::Department(other) => Some(*other),
                Against::Rest => None,
            };
            rows.push(SumRow {
                part: Part::Pair,
                department: Some(*department),
                question: Some(*question),
                against,
                numbers: numbers.to_vec(),
                ..none.clone()
            });
        }
        SumRows { wave: self.wave, audience: self.audience, file: file.to_owned(), rows: Arc::new(rows) }
    }

    /// What each stretch of numbers is about.
    fn figures(&self) -> Vec<(Option<usize>, Department, Question)> {
        let of = |scope: &Scope| {
            let compared = scope.compared;
            self.domains
                .iter()
                .map(move |(department, question)| (compared, *department, *question))
                .collect::<Vec<_>>()
        };
        self.scopes.iter().flat_map(of).collect()
    }

    /// What the form answered in each figure of a scope, into its numbers.
    fn scope(&mut self, position: usize, codes: &[Code]) {
        let (width, scope) = (NUMBERS + self.top, &self.scopes[position]);
        let start = position * self.domains.len() * width;
        let numbers = &mut self.numbers[start..start + self.domains.len() * width];
        self.said.fill(Said::default());
        for (code, feeds) in codes.iter().zip(&scope.feeds) {
            match code.answer() {
                Some(Answer::Score(score)) => {
                    let (y, top) = (u64::from(score), u64::from(score >= self.cut));
                    for &domain in feeds {
                        let said = &mut self.said[domain];
                        *said = Said { k: said.k + 1, y: said.y + y, top: said.top + top, n: said.n };
                        numbers[domain * width + NUMBERS + usize::from(score) - 1] += 1;
                    }
                }
                Some(Answer::NoContact) => feeds.iter().for_each(|domain| self.said[*domain].n += 1),
                Some(Answer::Blank) | None => {}
            }
        }
        for (said, numbers) in self.said.iter().zip(numbers.chunks_exact_mut(width)) {
            let Said { k, y, top, n } = *said;
            let c = k + n;
            let (scored, reached) = (u64::from(k > 0), u64::from(c > 0));
            let all = [
                scored,
                reached,
                n,
                scored,
                k * k,
                k * y,
                y * y,
                k * top,
                top * top,
                reached,
                c * c,
                c * n,
                n * n,
            ];
            numbers[..NUMBERS].copy_from_slice(&all);
        }
    }

    /// What everyone who answered about a department also answered.
    fn cross(&mut self) {
        let domains = self.pairs.iter().zip(self.crossed.chunks_exact_mut(PAIR));
        for (&(left, right, is_rest), sums) in domains {
            let (own, of) = (self.said[left], self.said[right]);
            let (k, y) = if is_rest { (of.k - own.k, of.y - own.y) } else { (of.k, of.y) };
            if k == 0 {
                continue;
            }
            let all = [
                1,
                k,
                y,
                k * k,
                k * y,
                y * y,
                u64::from(own.k > 0),
                own.k * k,
                own.k * y,
                own.y * k,
                own.y * y,
            ];
            sums.iter_mut().zip(all).for_each(|(sum, number)| *sum += number);
        }
    }
}

impl Consumer for Summer {
    fn count(&mut self, groups: &[Option<usize>], codes: &[Code]) {
        self.numbers.fill(0);
        // The scope of the wave as a whole is the last, as pairs go by it.
        for position in (0..self.scopes.len()).rev() {
            self.scope(position, codes);
        }
        self.cross();
        let width = NUMBERS + self.top;
        let everyone = [0];
        let stated = groups.iter().zip(&self.places).flat_map(|(group, places)| {
            let last = places.len() - 1;
            places[group.unwrap_or(last)].iter()
        });
        for &place in everyone.iter().chain(stated) {
            self.forms[place] += 1;
            let start = place * self.numbers.len();
            let sums = &mut self.cells[start..start + self.numbers.len()];
            sums.iter_mut().zip(&self.numbers).for_each(|(sum, number)| *sum += number);
        }
        if !self.combinations.contains_key(groups) {
            self.combinations.insert(groups.to_vec(), vec![0; self.grouped.len()]);
        }
        if let Some(units) = self.combinations.get_mut(groups) {
            let scored = self.grouped.iter().map(|figure| self.numbers[figure * width]);
            units.iter_mut().zip(scored).for_each(|(units, scored)| *units += scored);
        }
    }

    fn add(&mut self, other: Summer) {
        self.with(other, |mine, theirs| mine + theirs);
    }

    fn take_out(&mut self, other: Summer) {
        self.with(other, |mine, theirs| mine - theirs);
    }
}

impl Summer {
    fn with(&mut self, other: Summer, change: impl Fn(u64, u64) -> u64) {
        let each = |mine: &mut [u64], theirs: &[u64]| {
            mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine = change(*mine, *theirs));
        };
        each(&mut self.forms, &other.forms);
        each(&mut self.cells, &other.cells);
        each(&mut self.crossed, &other.crossed);
        for (groups, theirs) in other.combinations {
            let mine = self.combinations.entry(groups).or_insert_with(|| vec![0; theirs.len()]);
            each(mine, &theirs);
        }
    }
}

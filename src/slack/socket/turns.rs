//! Whose turn it is: a person who sends a thousand envelopes waits for themselves, nobody else does.
//!
//! Owns: how many of one person's jobs run and wait, in order. Pure. Must not: run them.

use std::collections::{HashMap, VecDeque};

/// What becomes of a job that arrives.
#[derive(Debug, PartialEq, Eq)]
pub enum Arrival<Job> {
    /// Run it, and call [`Turns::leave`] when it is done.
    Run(Job),
    /// It is kept until an earlier one leaves.
    Waits,
    /// This person has too many waiting; here it is back.
    Refused(Job),
}

/// Jobs by person.
#[derive(Debug)]
pub struct Turns<Job> {
    running: usize,
    waiting: usize,
    people: HashMap<String, Person<Job>>,
}

#[derive(Debug)]
struct Person<Job> {
    running: usize,
    waiting: VecDeque<Job>,
}

impl<Job> Turns<Job> {
    /// At most `running` (at least one) jobs of a person at once, and `waiting` more kept.
    pub fn new(running: usize, waiting: usize) -> Self {
        Self { running: running.max(1), waiting, people: HashMap::new() }
    }

    /// A job of this person has come.
    pub fn arrive(&mut self, person: &str, job: Job) -> Arrival<Job> {
        let Some(queue) = self.people.get_mut(person) else {
            self.people.insert(person.to_owned(), Person { running: 1, waiting: VecDeque::new() });
            return Arrival::Run(job);
        };
        if queue.running < self.running {
            queue.running += 1;
            Arrival::Run(job)
        } else if queue.waiting.len() < self.waiting {
            queue.waiting.push_back(job);
            Arrival::Waits
        } else {
            Arrival::Refused(job)
        }
    }

    /// A job of this person is done; the one that waited longest takes its place.
    pub fn leave(&mut self, person: &str) -> Option<Job> {
        let queue = self.people.get_mut(person)?;
        let next = queue.waiting.pop_front();
        if next.is_none() {
            queue.running -= 1;
            if queue.running == 0 {
                self.people.remove(person);
            }
        }
        next
    }

    /// How many people have a job running.
    pub fn people(&self) -> usize {
        self.people.len()
    }
}

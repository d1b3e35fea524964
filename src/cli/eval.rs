//! `tonghop eval`: evaluates an expression as a rule would, and shows its values with unit and source cells.
//!
//! Input: an expression. Output: its values as `explain` shows them. Not here: the evaluation.

use super::environment::ProjectEnvironment;
use super::{Console, EvalArguments, Exit};
use crate::authoring::explain;
use crate::pipeline::{self, Evaluation, NoProgress, Run};
use tonghop_core::diag::{Diagnostic, Language, Message};
use tonghop_core::msg;

/// Evaluates an expression and prints its values.
pub(super) fn eval(args: &EvalArguments, language: Language, console: &mut Console<'_>) -> Exit {
    let environment = ProjectEnvironment::with_store(&args.project, console);
    let run = match pipeline::run_without_rendering(&environment.borrow(), &NoProgress) {
        Ok(run) => run,
        Err(error) => return fail(&error.message(), None, (language, Exit::Failure), console),
    };
    match run.evaluate(args.sector.as_deref(), &args.expression) {
        Ok(Ok(evaluation)) => {
            print(&evaluation, &run, language, console);
            Exit::Done
        }
        Ok(Err(Diagnostic { message, hint, .. })) => {
            fail(&message, hint.as_ref(), (language, Exit::PartialFailure), console)
        }
        Err(error) => fail(&pipeline::RunError::RuleThread(error).message(), None, (language, Exit::Failure), console),
    }
}

fn print(evaluation: &Evaluation, run: &Run, language: Language, console: &mut Console<'_>) {
    // A closed output stream is not an error.
    for printed in &evaluation.printed {
        let _ = writeln!(console.out, "{}", printed.message.in_language(language));
    }
    let _ = write!(console.out, "{}", explain::evaluation(evaluation, run).render(language));
}

fn fail(
    message: &Message,
    hint: Option<&Message>,
    (language, exit): (Language, Exit),
    console: &mut Console<'_>,
) -> Exit {
    let message = msg!("lỗi: {message}", "error: {message}", message = *message);
    let _ = writeln!(console.err, "{}", message.in_language(language));
    if let Some(hint) = hint {
        let hint = msg!("cách xử lý: {hint}", "help: {hint}", hint = *hint);
        let _ = writeln!(console.err, "  {}", hint.in_language(language));
    }
    exit
}

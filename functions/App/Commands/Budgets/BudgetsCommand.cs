using System.CommandLine;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Hosting.Api;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Notifications;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Commands.Budgets;

/// <summary>How budgets stand, how far their ladders are, and a person's no to a step.</summary>
internal static class BudgetsCommand
{
    public static Command Create()
    {
        var command = new Verb(
            "budgets", "Spend against budgets, how far their ladders are, and what these can reach. Works beside a running serve.",
            "sf budgets list");
        command.Subcommands.Add(List());
        command.Subcommands.Add(Show());
        command.Subcommands.Add(Undo());
        return command;
    }

    private static Command List()
    {
        var (policies, state, format) = (ReadOnlyEstate.Policies(), SharedOptions.State(), SharedOptions.Format());
        var command = new Verb("list", "Tell the money of each budget.", "sf budgets list") { policies, state, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var view = await LocalView.RequireAsync(parsed.GetValue(state), cancellationToken);
            var budgets = await BudgetView.ListAsync(Policies(view, parsed.GetValue(policies)), new BudgetStates(view.Store), cancellationToken);
            BudgetSheets.All(budgets).Print(parsed.GetValue(format), budgets, AppJson.Default.IReadOnlyListBudgetView, "no policy of the kind BudgetAlerts is in force");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Show()
    {
        var (name, policies, state, format) = (Name(), ReadOnlyEstate.Policies(), SharedOptions.State(), SharedOptions.Format());
        var command = new Verb(
            "show", "Tell the ladder of one budget, and what each step can save.",
            "sf budgets show team") { name, policies, state, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var view = await LocalView.RequireAsync(parsed.GetValue(state), cancellationToken);
            var policy = Find(Policies(view, parsed.GetValue(policies)), parsed.GetValue(name)!);
            var budget = BudgetView.Of(policy, (await new BudgetStates(view.Store).ReadAsync(policy.Name, cancellationToken)).Record);
            var shown = parsed.GetValue(format);
            if (shown is OutputFormat.Table or OutputFormat.Markdown)
            {
                Terminal.Write(BudgetSheets.Summary(budget));
            }

            BudgetSheets.Ladder(budget).Print(shown, budget, AppJson.Default.BudgetView, "it has no ladder");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Undo()
    {
        var step = new Argument<string>("step") { Description = "The step, as 'budgets show' names it." };
        var (name, policies, by, reason, state) = (Name(), ReadOnlyEstate.Policies(), SharedOptions.By(), SharedOptions.Reason(), SharedOptions.State());
        var command = new Verb(
            "undo", "Undo a step, or withdraw one that is announced; it rests until the period ends. A yes to a step is said with 'approvals approve'.",
            "sf budgets undo team lower --reason \"launch week\"")
        {
            name, step, reason, by, policies, state,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var view = await LocalView.RequireAsync(parsed.GetValue(state), cancellationToken);
            var policy = Find(Policies(view, parsed.GetValue(policies)), parsed.GetValue(name)!);
            var time = await view.ClockAsync(cancellationToken);

            // What is told leaves with the next run of whoever sends: nothing is sent from here.
            var book = new BudgetBook(new RowStore(view.Store), new BudgetStates(view.Store), new CycleOptions { Worker = "budgets" }, time, new AlertOutbox(view.Store, [], time));
            if (await book.UndoAsync(policy, parsed.GetValue(step)!, parsed.GetValue(by)!, parsed.GetValue(reason)!, cancellationToken) is { } why)
            {
                throw new UserErrorException(why);
            }

            Terminal.Write($"the step {parsed.GetValue(step)} of the budget {policy.Name} is undone and rests until its period ends");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Argument<string> Name() => new("budget") { Description = "The budget, as 'budgets list' names it." };

    private static PolicySet Policies(LocalView view, string? named)
    {
        // Those of a scenario are beside its state, and still tell what its budgets were when it has ended.
        var directory = named ?? view.Policies ?? (Scenario.PoliciesIn(view.Directory) is { } kept && Directory.Exists(kept) ? kept : SharedOptions.UsualPolicies);
        var policies = PolicyDirectory.Load(directory);
        PolicyMessages.RequireSome(policies, directory);
        return policies;
    }

    private static BudgetAlertsPolicy Find(PolicySet policies, string name) => policies.BudgetAlerts.FirstOrDefault(policy => policy.Name == name)
        ?? throw new UserErrorException(policies.BudgetAlerts.Count == 0
            ? $"there is no budget '{name}', because the policies have none: write one, of the kind BudgetAlerts, or name another directory with --policies"
            : $"there is no budget '{name}'; known are {string.Join(", ", policies.BudgetAlerts.Select(policy => policy.Name))}");
}

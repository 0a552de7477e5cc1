using System.CommandLine;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Hosting.Api;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Commands.Operations;

/// <summary>What waits for a person, and the person's answer.</summary>
internal static class ApprovalsCommand
{
    private const int LongestWindow = 60;

    public static Command Create()
    {
        var command = new Verb("approvals", "What is not done before a person says yes. Works beside a running serve.", "sf approvals list");
        command.Subcommands.Add(List());
        command.Subcommands.Add(Show());
        command.Subcommands.Add(Request());
        command.Subcommands.Add(Answer("approve", isApproved: true, "Say yes, once, to what somebody else asks for."));
        command.Subcommands.Add(Answer("deny", isApproved: false, "Say no."));
        return command;
    }

    private static Command List()
    {
        var (state, format) = (SharedOptions.State(), SharedOptions.Format());
        var command = new Verb("list", "Tell what is or was asked for, newest first.", "sf approvals list") { state, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var view = await LocalView.RequireAsync(parsed.GetValue(state), cancellationToken);
            var now = await view.NowAsync(cancellationToken);
            var fleet = await view.Store.ReadFleetAsync(cancellationToken);
            IReadOnlyList<ApprovalView> views = [.. fleet.Approvals.Reverse().Select(each => ApprovalView.Of(each, now))];
            Sheet(views).Print(parsed.GetValue(format), views, AppJson.Default.IReadOnlyListApprovalView, "nothing is asked for");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Show()
    {
        var (id, state, format) = (Id(), SharedOptions.State(), SharedOptions.Format());
        var command = new Verb("show", "Tell all of one request: the lowerings it is about.", "sf approvals show 1") { id, state, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var view = await LocalView.RequireAsync(parsed.GetValue(state), cancellationToken);
            var row = ApprovalDesk.Find(await view.Store.ReadFleetAsync(cancellationToken), parsed.GetValue(id)!) ?? throw None(parsed.GetValue(id)!);
            var desk = await DeskAsync(view, cancellationToken);
            var shown = ApprovalView.Of(row, await view.NowAsync(cancellationToken)) with { Lowerings = (await desk.DetailsAsync(row.Id, cancellationToken)).Targets };
            var sheet = Sheet([shown]);
            foreach (var lowering in shown.Lowerings)
            {
                sheet.Add("", lowering.Target[(lowering.Target.LastIndexOf('/') + 1)..], "", "", "", $"to {lowering.Least} at least");
            }

            sheet.Print(parsed.GetValue(format), shown, AppJson.Default.ApprovalView, "");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Request()
    {
        var span = SharedOptions.Span("--for", $"How long, for example 30m; at most {LongestWindow}m.", TimeSpan.FromMinutes(1));
        var (by, reason, state, format) = (SharedOptions.By(), SharedOptions.Reason(), SharedOptions.State(), SharedOptions.Format());
        var command = new Verb(
            "request", "Ask that somebody else lets lowerings beyond the cap be made for a while.",
            "sf approvals request --for 30m --reason \"the campaign is over\"") { span, reason, by, state, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(span) is not { } asked || asked > TimeSpan.FromMinutes(LongestWindow))
            {
                throw new UserErrorException($"say how long with '--for', at most {LongestWindow}m");
            }

            await using var view = await LocalView.RequireAsync(parsed.GetValue(state), cancellationToken);
            var desk = await DeskAsync(view, cancellationToken);
            var row = await desk.AskForWindowAsync(parsed.GetValue(by)!, parsed.GetValue(reason)!, (int)Math.Ceiling(asked.TotalMinutes), cancellationToken);
            return await PrintAsync(view, row, parsed.GetValue(format), cancellationToken);
        });
        return command;
    }

    private static Command Answer(string name, bool isApproved, string description)
    {
        var (id, by, reason, state, format) = (Id(), SharedOptions.By(), SharedOptions.Reason(), SharedOptions.State(), SharedOptions.Format());
        var breakGlass = new Option<bool>("--break-glass") { Description = "Approve what you asked for yourself. Needs a reason; it is marked in the journal and told." };
        var command = new Verb(name, description, $"sf approvals {name} 3 --reason \"as agreed\"") { id, reason, by, state, format };
        if (isApproved)
        {
            command.Options.Add(breakGlass);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var isBreakGlass = isApproved && parsed.GetValue(breakGlass);
            if (isBreakGlass && parsed.GetResult(reason) is null or { Implicit: true })
            {
                throw new UserErrorException("'--break-glass' needs a '--reason'");
            }

            await using var view = await LocalView.RequireAsync(parsed.GetValue(state), cancellationToken);
            var desk = await DeskAsync(view, cancellationToken);
            var result = await desk.AnswerAsync(
                parsed.GetValue(id)!, isApproved, parsed.GetValue(by)!, parsed.GetValue(reason)!, isBreakGlass, cancellationToken);
            return result switch
            {
                ApprovalResult.Answered answered => await PrintAsync(view, answered.Row, parsed.GetValue(format), cancellationToken),
                ApprovalResult.Refused refused => throw new UserErrorException(refused.Why),
                _ => throw None(parsed.GetValue(id)!),
            };
        });
        return command;
    }

    private static Argument<string> Id() => new("id") { Description = "The request, as 'approvals list' names it." };

    /// <summary>Times are those of the run, which is simulated.</summary>
    private static async Task<ApprovalDesk> DeskAsync(LocalView view, CancellationToken cancellationToken) =>
        new(new RowStore(view.Store), view.Store, new CycleOptions { Worker = "approvals" }, await view.ClockAsync(cancellationToken));

    private static async Task<int> PrintAsync(LocalView view, ApprovalRow row, OutputFormat format, CancellationToken cancellationToken)
    {
        var shown = ApprovalView.Of(row, await view.NowAsync(cancellationToken));
        if (row.Answer is { IsBreakGlass: true })
        {
            Terminal.Note($"BREAK GLASS: {row.Answer.By} approved what they asked for themselves; it is marked in the journal");
        }

        Sheet([shown]).Print(format, shown, AppJson.Default.ApprovalView, "");
        return ExitCodes.Done;
    }

    private static Sheet Sheet(IReadOnlyList<ApprovalView> views)
    {
        var sheet = new Sheet("id", "status", "asked by", "before", "answered by", "what");
        foreach (var view in views)
        {
            sheet.Add(
                view.Id, view.Status.ToString().ToLowerInvariant(), view.RequestedBy, $"{view.ExpiresAt:yyyy-MM-dd HH:mm}",
                view.Answer is { } answer ? $"{answer.By}{(answer.IsBreakGlass ? " (BREAK GLASS)" : "")}" : "", view.Void.Length > 0 ? $"{view.What}; void: {view.Void}" : view.What);
        }

        return sheet;
    }

    private static UserErrorException None(string id) => new($"there is no approval '{id}'; 'approvals list' names them");
}

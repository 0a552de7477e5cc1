using System.CommandLine;
using System.Text.Json;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Commands.Operations;

/// <summary>Prints the journal.</summary>
internal static class HistoryCommand
{
    public static Command Create()
    {
        var target = new Argument<string?>("target")
        {
            Description = "Name or resource id; 'fleet' for the kill switch and policy sets. Default: everything.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var limit = SharedOptions.Limit("At most so many entries, the latest.", usual: 50);
        var verify = new Option<bool>("--verify") { Description = "Prove that no entry was changed or is missing." };
        var state = SharedOptions.State();
        var format = SharedOptions.Format();
        var command = new Verb(
            "history", "What was done, when, by whom and why: the journal.",
            "sf history web --limit 20",
            "sf history --verify") { target, limit, verify, state, format };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(target), parsed.GetValue(limit), parsed.GetValue(verify), parsed.GetValue(state), parsed.GetValue(format),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string? target, int limit, bool isVerifying, string? state, OutputFormat format, CancellationToken cancellationToken)
    {
        await using var view = await LocalView.RequireAsync(state, cancellationToken);
        var chain = target switch
        {
            null => null,
            JournalEntry.FleetChain => JournalEntry.FleetChain,
            _ => (await view.FindAsync(target, cancellationToken)).Target.Key,
        };
        if (isVerifying)
        {
            return await VerifyAsync(view, chain, format, cancellationToken);
        }

        var entries = await view.Store.ReadJournalAsync(new JournalQuery(chain, Limit: limit), cancellationToken);
        IReadOnlyList<HistoryLine> lines = [.. entries
            .Reverse()
            .Select(entry => new HistoryLine(
                entry.At, NameOf(entry.Chain), entry.Sequence, entry.Kind, entry.Actor, entry.Text, entry.Facts, entry.Hash)
            {
                Action = ActionOf(entry),
            })];
        var sheet = new Sheet("when", "target", "what", "who", "why", "action");
        foreach (var line in lines)
        {
            sheet.Add($"{line.At:yyyy-MM-dd HH:mm}", line.Target, Words(line.Kind), line.Actor, line.Text, line.Action ?? "");
        }

        sheet.Print(format, lines, AppJson.Default.IReadOnlyListHistoryLine, "the journal is empty");
        return ExitCodes.Done;
    }

    private static async Task<int> VerifyAsync(LocalView view, string? chain, OutputFormat format, CancellationToken cancellationToken)
    {
        List<VerificationLine> lines = [.. (await JournalProof.OfAsync(view.Store, view.Store, chain, cancellationToken))
            .Select(each => new VerificationLine(NameOf(each.Chain), each.Entries, each.Fault))];
        var sheet = new Sheet("target", "entries", "chain");
        foreach (var line in lines)
        {
            sheet.Add(line.Target, $"{line.Entries}", line.Fault ?? "unbroken");
        }

        sheet.Print(format, lines, AppJson.Default.IReadOnlyListVerificationLine, "the journal is empty");
        return lines.TrueForAll(line => line.Fault is null) ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static string Words(JournalKind kind) => kind switch
    {
        JournalKind.IntentOpened => "action opened",
        JournalKind.IntentSent => "action sent",
        JournalKind.IntentAccepted => "action accepted",
        JournalKind.IntentUnknown => "action in doubt",
        JournalKind.IntentEnded => "action ended",
        JournalKind.CheckEnded => "check ended",
        JournalKind.RollOutEnded => "roll-out ended",
        JournalKind.Refusal => "refusal",
        JournalKind.Spans => "older decisions",
        JournalKind.ForeignOperation => "foreign operation",
        JournalKind.KillSwitch => "kill switch",
        JournalKind.OffHours => "off-hours",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static string? ActionOf(JournalEntry entry) =>
        entry.Facts.ValueKind == JsonValueKind.Object
        && ((entry.Facts.TryGetProperty("intent", out var intent) && intent.TryGetProperty("epoch", out var epoch)) || entry.Facts.TryGetProperty("epoch", out epoch))
            ? $"{new ActionId(NameOf(entry.Chain), epoch.GetInt64())}"
            : null;

    private static string NameOf(string chain) => chain[(chain.LastIndexOf('/') + 1)..];
}

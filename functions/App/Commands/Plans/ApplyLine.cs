using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Commands.Plans;

/// <summary>What became of one target.</summary>
/// <param name="Target">Its name.</param>
/// <param name="Id">Its resource id.</param>
/// <param name="From">Instances before.</param>
/// <param name="To">Instances asked for; as before where a size was.</param>
/// <param name="Outcome">What was done.</param>
/// <param name="Result">How that went.</param>
/// <param name="Reason">Why.</param>
internal sealed record ApplyLine(string Target, string Id, int From, int To, string Outcome, ApplyResult Result, string Reason)
{
    /// <summary>A line for everything that was done, and for what was planned and is left.</summary>
    /// <param name="reports">What the ticks told, in order.</param>
    /// <param name="wishes">What was to be changed.</param>
    /// <param name="underWay">Targets on which something is not seen to its end.</param>
    public static IReadOnlyList<ApplyLine> Of(IReadOnlyList<TargetReport> reports, IReadOnlyList<ApplyWish> wishes, IReadOnlyList<TargetId> underWay)
    {
        List<ApplyLine> lines = [];
        foreach (var target in reports.GroupBy(report => report.Target).OrderBy(group => group.Key.Key, StringComparer.Ordinal))
        {
            var told = target.ToList();
            var acted = told.Where(report => report.Kind is not (ReportKind.Hold or ReportKind.Held)).ToList();
            var isOpen = underWay.Contains(target.Key);
            lines.AddRange(acted.Where((report, at) => !IsAnswered(acted, at)).Select(report => IsMadeGood(acted, report) ? Line(report, "begun anew", ApplyResult.Done) : Of(report, isOpen)));
            if (wishes.Any(wish => wish.Target == target.Key) && !acted.Exists(IsWrite) && told.LastOrDefault(report => report.Kind == ReportKind.Held) is { } held)
            {
                lines.Add(Line(held, "left to later", ApplyResult.Left));
            }
        }

        var looked = reports.Where(IsLook).Select(report => report.Target).ToHashSet();
        lines.AddRange(wishes.Where(wish => !looked.Contains(wish.Target)).Select(wish => new ApplyLine(
            wish.Target.Name, wish.Target.Value, wish.From, wish.To, "not looked at", ApplyResult.Left, wish.Stopped ?? "no tick told of it; the next apply looks again")));
        return lines;
    }

    /// <summary>Whether something was written to Azure.</summary>
    public static bool IsWrite(TargetReport report) => report.Kind is ReportKind.ScaledOut or ReportKind.ScaledIn or ReportKind.Resized;

    private static ApplyLine Of(TargetReport report, bool isOpen) => report.Kind switch
    {
        ReportKind.ScaledOut => Line(report, "scale out", isOpen ? ApplyResult.Asked : ApplyResult.Done),
        ReportKind.ScaledIn => Line(report, "scale in", isOpen ? ApplyResult.Asked : ApplyResult.Done),
        ReportKind.Resized => Line(report, "resize", isOpen ? ApplyResult.Asked : ApplyResult.Done),
        ReportKind.RolledOut => Line(report, "rolled out", ApplyResult.Done),
        ReportKind.Rested => Line(report, "off-hours", ApplyResult.Done),
        ReportKind.Settled => Line(report, "settled", ApplyResult.Done),
        _ => Line(report, "failed", ApplyResult.Failed),
    };

    private static ApplyLine Line(TargetReport report, string outcome, ApplyResult result) => new(
        report.Target.Name, report.Target.Value, report.Current, report.Goal, outcome, result, report.Text);

    /// <summary>An action and how it ended are one line: that of the action when it went well, else that of the failure.</summary>
    private static bool IsAnswered(List<TargetReport> acted, int at) => acted[at].Kind == ReportKind.Settled
        ? acted.Take(at).Any(IsWrite)
        : IsWrite(acted[at]) && acted.Skip(at + 1).FirstOrDefault(later => !IsWrite(later)) is { Kind: ReportKind.ActionFailed };

    /// <summary>What an earlier tick, or a worker that was killed, left failed and a later one has begun anew.</summary>
    private static bool IsMadeGood(List<TargetReport> acted, TargetReport report) =>
        report.Kind == ReportKind.ActionFailed && acted.Skip(acted.IndexOf(report) + 1).Any(IsWrite);

    /// <summary>What was only begun earlier says nothing of a decision now.</summary>
    private static bool IsLook(TargetReport report) => report.Kind is not (ReportKind.Settled or ReportKind.RolledOut);
}

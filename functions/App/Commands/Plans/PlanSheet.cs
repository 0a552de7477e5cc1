using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Commands.Plans;

/// <summary>What an evaluation came to, as people and pipelines read it: the same for <c>plan</c> and for what <c>apply</c> shows first.</summary>
internal sealed class PlanSheet
{
    private readonly Rehearsal _rehearsal;

    public PlanSheet(Rehearsal rehearsal, PolicySet policies)
    {
        _rehearsal = rehearsal;
        Decided = PlanLine.Of(rehearsal);
        var gaps = PlanGaps.Of(rehearsal);
        Lines = [.. Decided, .. gaps];
        Notes =
        [
            .. rehearsal.Seen.LeftAlone.Where(each => policies.For(each) is not TargetPolicies.None).Select(apart => $"left alone: {apart.Id.Name}, {apart.Owner.Why}"),
            .. rehearsal.Broken.Select(broken => $"error: {broken.Target.Name}: {broken.Text}"),
            .. gaps.Select(gap => gap.Reason),
        ];
    }

    /// <summary>Of every target, and what could not be looked at.</summary>
    public IReadOnlyList<PlanLine> Lines { get; }

    /// <summary>Of every target.</summary>
    public IReadOnlyList<PlanLine> Decided { get; }

    public IReadOnlyList<string> Notes { get; }

    /// <summary>How a verb that changes nothing ends.</summary>
    public int ExitCode => _rehearsal.Broken.Count > 0 ? ExitCodes.Failed
        : _rehearsal.Seen is InventoryReading.Partial ? ExitCodes.Partial
        : Decided.Any(line => line.WouldChange) ? ExitCodes.WouldChange
        : ExitCodes.Done;

    /// <summary>What is no result of its own goes to standard error.</summary>
    public void PrintNotes()
    {
        foreach (var note in Notes)
        {
            Terminal.Note(note);
        }
    }

    public void Print(OutputFormat format)
    {
        var sheet = new Sheet("target", "instances", "outcome", "why", "what would change it");
        foreach (var line in Decided)
        {
            sheet.Add(
                line.Target, line.Goal == line.Current ? $"{line.Current}" : $"{line.Current} → {line.Goal}", line.Outcome, line.Reason, line.Counterfactual);
            if (line.Size is { } size)
            {
                sheet.Add(line.Target, size.From == size.To ? size.From : $"{size.From} → {size.To}", size.Outcome, size.Reason, "");
            }
        }

        foreach (var gap in Lines.Skip(Decided.Count))
        {
            sheet.Add(gap.Target, "", gap.Outcome, gap.Reason, "");
        }

        sheet.Print(format, Lines, AppJson.Default.IReadOnlyListPlanLine, "the policies select no target here");
    }
}

using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.State;

/// <summary>
/// How a target comes into quarantine: by failed actions of any kind, whatever was done in between. Amazon's auto scaling suspends a
/// group that could launch nothing for a day; five failures are what the back-off of refusals lets happen in half an hour.
/// </summary>
public static class QuarantineTransitions
{
    /// <summary>Failed actions after which a target is left alone.</summary>
    public const int Most = 5;

    private const int LongestWhy = 300;

    /// <summary>The time in which they are counted.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromHours(24);

    /// <summary>What a person is told, once.</summary>
    public static string Text(TargetId target, TargetQuarantine quarantine) =>
        $"{target.Name} is in quarantine: {quarantine.Actions.Count} of its actions failed within {Within.TotalHours:0} hours ({Ids(target, quarantine)}), the last one {quarantine.Why}. Nothing is changed on it until somebody has mended that and resumes it (sf resume {target.Name}, or POST api/v1/resume/{target.Name})";

    /// <summary>The actions that failed, as people name them.</summary>
    public static string Ids(TargetId target, TargetQuarantine quarantine) =>
        string.Join(", ", quarantine.Actions.Select(epoch => $"{new ActionId(target.Name, epoch)}"));

    /// <summary>What the end of an action means for the quarantine. What passes by itself is no failure: throttling, another operation, no room.</summary>
    internal static TargetRow CountFailure(this TargetRow row, Intent intent, IntentEnd end, DateTimeOffset now)
    {
        // What a person takes back was no good, and is no action of the set itself.
        row = row with { Trial = intent.Undoes is { } undone ? row.Trial?.Breached(undone.PolicyVersion, now) : row.Trial?.Ended(intent.PolicyVersion, IsFailure(end), now) };
        if (end is IntentEnd.Gone)
        {
            // What may come under its name later is another resource.
            return row with { Failures = [], Quarantine = null };
        }

        if (!IsFailure(end))
        {
            return row;
        }

        List<FailedAction> failures = [.. row.Failures.Where(each => (now - each.At).Duration() < Within), new FailedAction(now, intent.Epoch)];
        var counted = row with { Failures = [.. failures.TakeLast(Most)] };
        if (counted.Failures.Count < Most || row.Quarantine is not null)
        {
            return counted;
        }

        var why = ReasonText.Of(end);
        var quarantine = new TargetQuarantine(now, why.Length <= LongestWhy ? why : $"{why[..LongestWhy]}…")
        {
            Actions = [.. counted.Failures.Select(each => each.Epoch)],
        };
        return (counted with { Quarantine = quarantine }).Tell(
            now, JournalKind.Quarantine, intent.Actor, Text(row.Target, quarantine), new QuarantineFacts(quarantine.Actions, quarantine.Why),
            FactsJson.Default.QuarantineFacts);
    }

    private static bool IsFailure(IntentEnd end) => end switch
    {
        IntentEnd.Rejected { Class: FailureClass.Forbidden or FailureClass.Invalid } => true,
        IntentEnd.Failed { Class: not (FailureClass.Capacity or FailureClass.Quota or FailureClass.Conflict or FailureClass.Throttled) } => true,
        IntentEnd.TimedOut => true,
        _ => false,
    };
}

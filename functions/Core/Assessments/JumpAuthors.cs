using ScaleFunctions.Core.ActivityLogs;

namespace ScaleFunctions.Core.Assessments;

/// <summary>Who made a resource jump to one count again and again, as the activity log has it.</summary>
/// <param name="Callers">Mail addresses, or ids of applications, with how many of the jumps were theirs; the most first.</param>
/// <param name="Problem">Why the log could not be read; empty when it could.</param>
public sealed record JumpAuthors(IReadOnlyList<JumpAuthor> Callers, string Problem = "")
{
    private const string Failed = "Failed";

    /// <param name="jump">The jumps.</param>
    /// <param name="log">What was done to the resource over the span.</param>
    /// <param name="grain">Mean of how long a value is: a change shows in the one after, or in two by way of their mean.</param>
    public static JumpAuthors Of(RepeatedJump jump, ActivityReading log, TimeSpan grain) => log is ActivityReading.Read { Records: var records }
        ? new JumpAuthors([.. jump.At
            .SelectMany(at => records
                .Where(record => record.Status != Failed && record.At >= at - (2 * grain) && record.At <= at + grain)
                .Select(record => record.Caller).Distinct(StringComparer.OrdinalIgnoreCase))
            .GroupBy(caller => caller, StringComparer.OrdinalIgnoreCase)
            .Select(group => new JumpAuthor(group.Key, group.Count()))
            .OrderByDescending(author => author.Jumps).ThenBy(author => author.Caller, StringComparer.Ordinal)])
        : new JumpAuthors([], log is ActivityReading.Unreadable { Why: var why } ? why : "it was not asked");
}

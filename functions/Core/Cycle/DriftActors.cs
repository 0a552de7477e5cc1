using System.Globalization;
using ScaleFunctions.Core.ActivityLogs;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Asks the activity log who changed a capacity, for one evaluation. Nothing is decided by the answer, so little time is spent on it:
/// what is left over is asked with the next evaluation.
/// </summary>
internal sealed class DriftActors(IActivityLog? log, TimeProvider time)
{
    /// <summary>For all questions of one evaluation together.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private const int MostAsked = 5;
    private const int MostTold = 2;

    private readonly DateTimeOffset _until = time.GetUtcNow() + Longest;
    private int _asked;

    /// <summary>Who it was; empty when the log does not tell, nothing when it was not asked.</summary>
    public async Task<string?> WhoAsync(TargetId target, UnexplainedDrift drift, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (log is null || !drift.IsDue(now) || _until <= now || ++_asked > MostAsked)
        {
            return null;
        }

        using var deadline = new CancellationTokenSource(_until - now, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await log.ReadAsync(target, drift.Since, now, either.Token).ConfigureAwait(false) is ActivityReading.Read { Records: var records }
                ? Tell(records.Where(record => record.At >= drift.Since && record.At <= drift.At && record.Status != "Failed"))
                : "";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "";
        }
    }

    private static string Tell(IEnumerable<ActivityRecord> records) => string.Join(" and ", records.DistinctBy(record => record.Caller).Take(MostTold)
        .Select(record => string.Create(CultureInfo.InvariantCulture, $"{record.Operation} by {record.Caller} at {record.At.UtcDateTime:HH:mm:ss}"))) is { Length: > 0 } told
            ? $"{told}, says the activity log"
            : "";
}

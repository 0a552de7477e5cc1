using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Stores that a person wants a target back from off-hours. The next evaluation brings it back.</summary>
public sealed class Wakes(RowStore rows)
{
    public async Task<WakeAnswer> WakeAsync(TargetId target, TimeSpan? span, string by, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var fleet = await rows.ReadFleetAsync(cancellationToken).ConfigureAwait(false);
        WakeAnswer? answer = null;
        await rows.ChangeTargetAsync(
            target,
            row =>
            {
                answer = row.Wake(span, by, reason, now, fleet.KillSwitch);
                return answer is WakeAnswer.Woken { Row: var woken } ? woken : row;
            },
            cancellationToken).ConfigureAwait(false);
        return answer!;
    }
}

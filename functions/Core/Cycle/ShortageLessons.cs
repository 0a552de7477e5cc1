using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Learns from the ends of raises where Azure has no more of a size, and where it has some again.</summary>
internal sealed class ShortageLessons(RowStore rows, CycleOptions options, TimeProvider time)
{
    /// <summary>What the end of a raise tells of the size in its region, for all who are there.</summary>
    /// <returns>What it runs short of; nothing when the end tells of no shortage.</returns>
    public async Task<SizeShortage?> LearnAsync(TargetRow row, Intent intent, IntentEnd end, CancellationToken cancellationToken)
    {
        if (!intent.ChangesCount || intent.Setting is not null || !intent.AddsInstances() || intent is not { Region: { } region, Pool: { } pool })
        {
            return null;
        }

        var now = time.GetUtcNow();
        var (failure, code, message) = end switch
        {
            IntentEnd.Rejected { Class: FailureClass.Capacity or FailureClass.Quota } e => (e.Class, e.Code, e.Message),
            IntentEnd.Failed { Class: FailureClass.Capacity or FailureClass.Quota } e => (e.Class, e.Code, e.Message),
            _ => (FailureClass.Other, "", ""),
        };
        var isQuota = failure == FailureClass.Quota;
        var place = new SizeShortage
        {
            Subscription = row.Target.Subscription,
            Region = region,
            Sku = intent.Base.Sku,
            Pool = pool,
            Only = code.Length > 0 && SizeShortage.IsOfPlace(code, isQuota) ? null : row.Target.Key,
            IsQuota = isQuota,
            Code = code,
            Message = message,
            Times = 1,
            Since = now,
            At = now,
        };
        try
        {
            if (code.Length > 0)
            {
                await rows.ChangeFleetAsync(fleet => fleet.RunShort(place, options.Worker), cancellationToken).ConfigureAwait(false);
                return place;
            }

            var given = place with { At = intent.SentAt ?? intent.OpenedAt };
            if (end is IntentEnd.Done && (await rows.ReadStandAsync(cancellationToken).ConfigureAwait(false)).Shortages.Any(each => ShortageTransitions.Ends(each, given)))
            {
                await rows.ChangeFleetAsync(fleet => fleet.HasRoom(given, now, options.Worker), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (StateStoreException)
        {
            // The action's own end is stored; the next refusal tells the same of the place.
        }

        return code.Length > 0 ? place : null;
    }
}

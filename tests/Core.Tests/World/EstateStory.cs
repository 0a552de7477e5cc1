using CsCheck;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Tests.World;

/// <summary>How a batch's message is delivered.</summary>
internal enum Delivery
{
    Once, Never, AgainLater, ToTwoWorkersAtOnce,
}

/// <summary>One minute of an estate.</summary>
/// <param name="Load">Load in percent of what the instances were made for.</param>
/// <param name="Share">Percent of the targets that have this load; the others have their usual one.</param>
/// <param name="View">What metrics and inventory show of the targets in doubt.</param>
/// <param name="InDoubt">Percent of the targets in doubt.</param>
/// <param name="Delivery">How messages are delivered.</param>
/// <param name="Schedule">Who goes on at each call.</param>
/// <param name="FaultAt">The call of store or queue that fails.</param>
/// <param name="Fault">How it fails.</param>
internal sealed record EstateMinute(
    int Load, int Share, View View, int InDoubt, Delivery Delivery, uint Schedule, int FaultAt, EstateFault Fault);

/// <summary>A history of many targets.</summary>
internal sealed record EstateStory(int Targets, int Subscriptions, int Regions, EstateMinute[] Minutes)
{
    /// <summary>An inventory that is old is told of as drift; <see cref="Story"/> has it.</summary>
    private static readonly Gen<View> Views = Gen.Enum<View>().Where(view => view != View.InventoryOld);

    private static readonly Gen<EstateMinute> Minute = Gen.Select(
        Gen.Int[10, 130], Gen.Frequency((2, Gen.Const(100)), (1, Gen.Int[0, 100])),
        Rarely(Views, View.Clear), Gen.Int[0, 60], Rarely(Gen.Enum<Delivery>(), Delivery.Once), Gen.UInt,
        Gen.Frequency((2, Gen.Const(0)), (1, Gen.Int[1, 60])), Gen.Enum<EstateFault>(),
        (load, share, view, inDoubt, delivery, schedule, faultAt, fault) =>
            new EstateMinute(load, share, view, inDoubt, delivery, schedule, faultAt, fault));

    public static Gen<EstateStory> Any { get; } = Gen.Select(
        Gen.Int[2, 26], Gen.Int[1, 3], Gen.Int[1, 2], Minute.Array[2, 4],
        (targets, subscriptions, regions, minutes) => new EstateStory(targets, subscriptions, regions, minutes));

    /// <summary>
    /// Histories in which everything has time to shrink and to grow: some minutes of little load and some of much, in either order,
    /// and few enough targets that each has its turn.
    /// </summary>
    private static readonly Gen<EstateStory> Tides = Gen.Select(
        Gen.Int[3, 9], Gen.Int[1, 3], Gen.Int[1, 2], Gen.Bool, Minute.Array[3, 4], Minute.Array[2, 3],
        (targets, subscriptions, regions, ebbsFirst, ebb, flood) =>
        {
            EstateMinute[] low = [.. ebb.Select(minute => minute with { Load = 10 + (minute.Load % 35) })];
            EstateMinute[] high = [.. flood.Select(minute => minute with { Load = 115 + (minute.Load % 16) })];
            return new EstateStory(targets, subscriptions, regions, ebbsFirst ? [.. low, .. high] : [.. high, .. low]);
        });

    /// <summary>Histories of an estate of several kinds.</summary>
    public static Gen<EstateStory> Mixed { get; } = Gen.Frequency((1, Any), (1, Tides)).Select(story => story with { IsMixed = true });

    /// <summary>Whether there are virtual machines and resources of a declared kind among the scale sets.</summary>
    public bool IsMixed { get; init; }

    public async Task<Estate> PlayAsync()
    {
        var estate = IsMixed ? MixedEstate.Of(this) : new Estate(Enumerable.Range(0, Targets).Select(number => Estate.Target(
            $"web-{number:d3}",
            capacity: 4 + (number % 5),
            subscription: number % 4 == 3 ? $"S-{number % Subscriptions}" : $"s-{number % Subscriptions}",
            region: $"region-{number / 3 % Regions}")));
        var usual = estate.Sets.ToDictionary(set => set.Key, set => set.Value.Load);
        await estate.MinuteAsync().ConfigureAwait(false);
        IReadOnlyList<EvaluateRequest> stale = [];
        foreach (var minute in Minutes)
        {
            Set(estate, usual, minute);
            var last = (await estate.Worker.Ledger.LatestAsync(CancellationToken.None).ConfigureAwait(false))!;
            var isWhole = estate.Documents.All.Count(document => document.Partition == $"ledger/{last.TickId}") == last.Batches;
            estate.Fault = minute.FaultAt == 0 ? null : (estate.Calls + minute.FaultAt, minute.Fault);
            await TryAsync(estate.Worker.TickAsync).ConfigureAwait(false);
            var requests = estate.Queue.TakeEvaluations();
            foreach (var request in requests)
            {
                (estate.Doubts[request.TickId], estate.Before[request.TickId]) = ([], (last.TickId, isWhole));
            }

            foreach (var request in stale.Concat(requests))
            {
                Note(estate, request);
                await DeliverAsync(estate, request, minute).ConfigureAwait(false);
            }

            estate.Fault = null;
            estate.Pass(0.8);
            foreach (var request in estate.Queue.TakeVerifications())
            {
                await estate.Worker.VerifyAsync(request.Target).ConfigureAwait(false);
            }

            foreach (var request in requests.Where(_ => minute.Delivery == Delivery.AgainLater))
            {
                Note(estate, request);
                await estate.Worker.EvaluateAsync(request).ConfigureAwait(false);
            }

            estate.Pass(0.2);
            stale = requests;
        }

        return estate;
    }

    public override string ToString() => $"{Targets} targets, {Subscriptions} subscriptions, {Regions} regions:\n  {string.Join("\n  ", Minutes.Select(minute => minute.ToString()))}";

    private static void Set(Estate estate, Dictionary<TargetId, int> usual, EstateMinute minute)
    {
        foreach (var ((id, set), index) in estate.Sets.Select((set, index) => (set, index)))
        {
            set.Load = index * 100 < minute.Share * estate.Sets.Count ? usual[id] * minute.Load / 100 : usual[id];
            set.View = index * 100 < minute.InDoubt * estate.Sets.Count ? minute.View : View.Clear;
        }
    }

    /// <summary>The first report of a batch counts: what was in doubt when it was evaluated.</summary>
    private static void Note(Estate estate, EvaluateRequest request)
    {
        if (estate.Documents.All.Any(each => each.Partition == $"ledger/{request.TickId}" && each.Key == $"{request.Batch:d5}"))
        {
            return;
        }

        estate.Doubts[request.TickId].ExceptWith(request.Targets.Select(target => target.Id));
        estate.Doubts[request.TickId].UnionWith(request.Targets.Where(estate.IsInDoubt).Select(target => target.Id));
    }

    private static async Task DeliverAsync(Estate estate, EvaluateRequest request, EstateMinute minute)
    {
        switch (minute.Delivery)
        {
            case Delivery.Never when (minute.Schedule >> (request.Batch % 16) & 1) == 1:
                break;
            case Delivery.ToTwoWorkersAtOnce:
                var (one, two) = (estate.Hire(), estate.Hire());
                estate.Together(
                    minute.Schedule, () => TryAsync(() => one.EvaluateAsync(request)), () => TryAsync(() => two.EvaluateAsync(request)));
                break;
            default:
                if (!await TryAsync(() => estate.Worker.EvaluateAsync(request)).ConfigureAwait(false) && minute.Schedule % 2 == 0)
                {
                    await TryAsync(() => estate.Hire().EvaluateAsync(request)).ConfigureAwait(false);
                }

                break;
        }
    }

    /// <summary>A call that fails is answered with an error; what calls again is the queue or the next tick.</summary>
    private static async Task<bool> TryAsync(Func<Task> call)
    {
        try
        {
            await call().ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is CrashException or StateStoreException or WorkQueueException)
        {
            return false;
        }
    }

    private static Gen<T> Rarely<T>(Gen<T> gen, T usual) => Gen.Frequency((2, Gen.Const(usual)), (1, gen));
}

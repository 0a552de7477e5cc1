using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Cuts an estate into batches of one subscription, region and type: as many targets as one metrics call and one message hold.</summary>
internal static class TickBatches
{
    /// <summary>Azure Monitor answers for at most 50 resources in one call, all of one subscription, region and type.</summary>
    private const int MaximumTargets = 50;

    /// <summary>What a target may add in commas, one in each of four lists.</summary>
    private const int Separators = 4;

    /// <summary>The colon between a key and its text.</summary>
    private const int KeyMark = 1;

    /// <param name="all">The whole tick as one request.</param>
    public static IReadOnlyList<EvaluateRequest> Cut(EvaluateRequest all) =>
        [.. all.Targets
            .DistinctBy(target => target.Id)
            .GroupBy(target => $"{target.Id.Subscription}/{target.Region}/{target.Id.ResourceType}".ToLowerInvariant())
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany(group => Chunks(all, group.OrderBy(target => target.Id.Key, StringComparer.Ordinal)))
            .Select((chunk, batch) => Part(all, batch, chunk))];

    private static IEnumerable<IReadOnlyList<ObservedTarget>> Chunks(EvaluateRequest all, IEnumerable<ObservedTarget> targets)
    {
        var empty = Bytes(Part(all, int.MaxValue, []), CycleJson.Default.EvaluateRequest);
        var chunk = new List<ObservedTarget>();
        var used = empty;
        foreach (var target in targets)
        {
            var (fitting, weight) = (target, Weight(all, target));
            if (empty + weight > WorkMessage.MaximumBytes)
            {
                fitting = WithoutTags(target);
                weight = Weight(all, fitting);
            }

            if (chunk.Count == MaximumTargets || (chunk.Count > 0 && used + weight > WorkMessage.MaximumBytes))
            {
                yield return chunk;
                (chunk, used) = ([], empty);
            }

            chunk.Add(fitting);
            used += weight;
        }

        yield return chunk;
    }

    /// <summary>Bytes that a target adds to a message: its own, and what is told of it by its key.</summary>
    private static int Weight(EvaluateRequest all, ObservedTarget target) =>
        Bytes(target, CycleJson.Default.ObservedTarget) + Told(all.Verdicts, target, CycleJson.Default.String)
        + Told(all.Floors, target, CycleJson.Default.Int32) + Told(all.Surprises, target, CycleJson.Default.Int32) + Told(all.Events, target, CycleJson.Default.String) + Separators;

    private static int Told<T>(IReadOnlyDictionary<string, T> told, ObservedTarget target, JsonTypeInfo<T> json) => told.TryGetValue(target.Id.Key, out var value)
        ? Bytes(target.Id.Key, CycleJson.Default.String) + Bytes(value, json) + KeyMark
        : 0;

    /// <summary>Tags that do not fit are tags that were not read: such a target is never lowered, and never stops the others.</summary>
    private static ObservedTarget WithoutTags(ObservedTarget target) =>
        target with { Tags = new TargetTags.Unknown("they are too long for a message") };

    private static EvaluateRequest Part(EvaluateRequest all, int batch, IReadOnlyList<ObservedTarget> targets) => all with
    {
        Batch = batch,
        Targets = targets,
        Verdicts = Only(all.Verdicts, targets),
        Floors = Only(all.Floors, targets),
        Surprises = Only(all.Surprises, targets),
        Events = Only(all.Events, targets),
    };

    private static Dictionary<string, T> Only<T>(IReadOnlyDictionary<string, T> told, IReadOnlyList<ObservedTarget> targets) =>
        targets.Where(target => told.ContainsKey(target.Id.Key)).ToDictionary(target => target.Id.Key, target => told[target.Id.Key]);

    private static int Bytes<T>(T value, JsonTypeInfo<T> json) => JsonSerializer.SerializeToUtf8Bytes(value, json).Length;
}

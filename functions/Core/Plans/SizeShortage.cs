using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Plans;

/// <summary>
/// That Azure had no room, or the subscription no quota, for more of a size in a region. It is a fact of the place, not of one
/// target: whoever wants more of it there waits, for longer each time (cluster-autoscaler: 5 to 30 minutes, forgotten after 3 hours).
/// </summary>
/// <example>
/// <code>
/// refusal   1      2       3       4 and more
/// wait      5 min  10 min  20 min  30 min
/// </code>
/// </example>
public sealed record SizeShortage
{
    /// <summary>A place that was not refused for as long is taken to have room again.</summary>
    public static readonly TimeSpan ForgottenAfter = TimeSpan.FromHours(3);

    private static readonly TimeSpan First = TimeSpan.FromMinutes(5), Longest = TimeSpan.FromMinutes(30);

    public required string Subscription { get; init; }

    public required string Region { get; init; }

    public required string Sku { get; init; }

    /// <summary>What shares the place's machines: regular and spot machines of a size have each their own, and so has each other type.</summary>
    public string Pool { get => field ?? ""; init; } = "";

    /// <summary>The key of the one resource it is a fact of, whose hardware or constraints are its own; absent when it is of the place.</summary>
    public string? Only { get; init; }

    /// <summary>Whether a quota is used up, which somebody has to raise; Azure has no machines when not.</summary>
    public required bool IsQuota { get; init; }

    /// <summary>Azure's code: <c>AllocationFailed</c>.</summary>
    public required string Code { get; init; }

    public required string Message { get; init; }

    /// <summary>Refusals in a row, those of one wait counted once.</summary>
    public required int Times { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>When the last refusal that counted was.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Not tried before.</summary>
    public DateTimeOffset Until => At + Wait(Times);

    /// <summary>In a sentence, for people.</summary>
    public string Text =>
        $"{(IsQuota ? "the subscription may have no more" : "Azure has no room for more")} {Sku} in {Region} of {Subscription} ({Code}: {Message}); whoever wants more of it there waits, and it is tried again ever more rarely, next at {Until:u}";

    /// <summary>Whether it is forgotten. One of a time to come was noted by a clock that was wrong.</summary>
    public bool IsOver(DateTimeOffset now) => now - At >= ForgottenAfter || At - now > First;

    public bool IsAt(string subscription, string region, string sku) => Is(Subscription, subscription) && Is(Region, region) && Is(Sku, sku);

    public bool Holds(ObservedTarget target, DateTimeOffset now) => !IsOver(now) && now < Until && IsAt(target.Id.Subscription, target.Region, target.Sku)
        && Pool == PoolOf(target) && (Only is null || Only == target.Id.Key);

    /// <summary>The pool that a resource takes its machines from.</summary>
    public static string PoolOf(ObservedTarget target)
    {
        var type = target.Id.ResourceType.ToLowerInvariant();
        return $"{(type.StartsWith("microsoft.compute/", StringComparison.Ordinal) ? "compute" : type)}{(target.Billing is { IsSpot: true } ? " spot" : "")}";
    }

    /// <summary>Whether a refusal is of the place. Others of the same classes are of one resource: of its cluster, its zones, its plan's unit.</summary>
    /// <param name="code">Azure's code.</param>
    /// <param name="isQuota">Whether its class is quota.</param>
    public static bool IsOfPlace(string code, bool isQuota) =>
        Is(code, "AllocationFailed") || Is(code, "SkuNotAvailable") || Is(code, "QuotaExceeded") || (isQuota && Is(code, "OperationNotAllowed"));

    internal bool IsSamePlace(SizeShortage other) =>
        IsAt(other.Subscription, other.Region, other.Sku) && Pool == other.Pool && Only == other.Only;

    private static TimeSpan Wait(int times)
    {
        var doubled = First * (1 << Math.Clamp(times - 1, 0, 10));
        return doubled < Longest ? doubled : Longest;
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}

namespace ScaleFunctions.Core.Targets;

/// <summary>The answer to one read of a resource's capacity. There is no default capacity: an unreadable one is a case of its own.</summary>
public abstract record CapacityReading(DateTimeOffset At)
{
    /// <param name="Capacity">Instances asked for.</param>
    /// <param name="Sku">Size name.</param>
    /// <param name="ETag">Version of the resource for <c>If-Match</c>; where the API has none, what the kind compares in its place.</param>
    /// <param name="IsUpdating">Whether an operation on the resource is still running.</param>
    /// <param name="At">When it was read.</param>
    public sealed record Read(int Capacity, string Sku, string ETag, bool IsUpdating, DateTimeOffset At) : CapacityReading(At);

    public sealed record Unreadable(string Reason, DateTimeOffset At) : CapacityReading(At);

    /// <summary>Azure answers that the resource does not exist.</summary>
    public sealed record Gone(DateTimeOffset At) : CapacityReading(At);
}

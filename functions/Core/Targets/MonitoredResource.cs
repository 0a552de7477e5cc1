using System.Diagnostics.CodeAnalysis;

namespace ScaleFunctions.Core.Targets;

/// <summary>
/// A resource that has metrics, nested ones included (<c>…/servers/db-1/databases/orders</c>), and the region whose host
/// answers for it. Two of the same id and region are equal, however they are spelled.
/// </summary>
public sealed record MonitoredResource
{
    private const int MaximumLength = 2048;

    /// <summary>subscriptions/{s}/resourceGroups/{g}/providers/{namespace}/{type}/{name}: the shortest there is.</summary>
    private const int Shortest = 8;

    private readonly string _key;

    private MonitoredResource(string id, string subscription, string resourceType, string region)
    {
        (Id, Subscription, ResourceType, Region) = (id, subscription, resourceType, region);
        _key = $"{id.ToLowerInvariant()}\n{region.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant()}";
    }

    /// <summary>The id as it was written.</summary>
    public string Id { get; }

    public string Subscription { get; }

    /// <summary>For example <c>Microsoft.Sql/servers/databases</c>.</summary>
    public string ResourceType { get; }

    /// <summary>As written: Azure spells regions both "westeurope" and "West Europe".</summary>
    public string Region { get; }

    public static MonitoredResource Of(ObservedTarget target) =>
        new(target.Id.Value, target.Id.Subscription, target.Id.ResourceType, target.Region);

    public static MonitoredResource Parse(string id, string region) =>
        TryParse(id, region, out var resource) ? resource : throw new FormatException($"'{id}' is not the id of a resource");

    public static bool TryParse(string? id, string region, [NotNullWhen(true)] out MonitoredResource? resource)
    {
        resource = null;
        if (id is not { Length: > 1 and <= MaximumLength } || id[0] != '/')
        {
            return false;
        }

        var parts = id[1..].Split('/');
        if (parts.Length < Shortest || parts.Length % 2 != 0 || !Array.TrueForAll(parts, IsSegment)
            || !Is(parts[0], "subscriptions") || !Is(parts[2], "resourceGroups") || !Is(parts[4], "providers"))
        {
            return false;
        }

        var types = parts[5..].Where((_, index) => index == 0 || index % 2 == 1);
        resource = new MonitoredResource(id, parts[1], string.Join('/', types), region);
        return true;
    }

    public bool Equals(MonitoredResource? other) => other is not null && string.Equals(_key, other._key, StringComparison.Ordinal);

    public override int GetHashCode() => _key.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Id;

    /// <summary>What would make another path of the id, or end it, when it becomes part of a URL is refused.</summary>
    private static bool IsSegment(string part) =>
        part.Length > 0 && part is not "." and not ".." && !part.Any(each => char.IsControl(each) || each is '?' or '#' or '%' or '\\');

    private static bool Is(string part, string word) => string.Equals(part, word, StringComparison.OrdinalIgnoreCase);
}

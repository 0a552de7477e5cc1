using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace ScaleFunctions.Core.Targets;

/// <summary>
/// An Azure resource id of the form
/// <c>/subscriptions/{s}/resourceGroups/{g}/providers/{namespace}/{type}/{name}</c>, or one nested in another:
/// <c>…/{namespace}/{type}/{name}/{type}/{name}</c>, of three types at most. Resource Manager compares ids without regard to case; so does this type.
/// </summary>
[JsonConverter(typeof(TargetIdJsonConverter))]
public sealed record TargetId
{
    private const int MaximumLength = 2048;

    /// <summary>subscriptions/{s}/resourceGroups/{g}/providers/{namespace}/{type}/{name}: the shortest there is.</summary>
    private const int Shortest = 8;

    /// <summary>With two more types and names.</summary>
    private const int Longest = 12;

    private static readonly SearchValues<char> Unfit = SearchValues.Create(
        [.. Enumerable.Range(0, 256).Select(code => (char)code).Where(char.IsControl), '?', '#', '%', '\\']);

    private TargetId(string value, string subscription, string resourceGroup, string resourceType, string name)
    {
        Value = value;
        Subscription = subscription;
        ResourceGroup = resourceGroup;
        ResourceType = resourceType;
        Name = name;
        Key = value.ToLowerInvariant();
    }

    /// <summary>The id as Azure spelled it.</summary>
    public string Value { get; }

    /// <summary>The id in lower case: what rows and dictionaries are keyed by.</summary>
    public string Key { get; }

    public string Subscription { get; }

    public string ResourceGroup { get; }

    /// <summary>For example <c>Microsoft.Compute/virtualMachineScaleSets</c> or <c>Microsoft.Sql/servers/databases</c>.</summary>
    public string ResourceType { get; }

    /// <summary>With the names of what it is nested in: <c>db-1/orders</c>.</summary>
    public string Name { get; }

    /// <summary>Id of what it is nested in; absent for a resource that is not.</summary>
    public string? Parent => Name.Contains('/', StringComparison.Ordinal) ? Value[..Value.LastIndexOf('/', Value.LastIndexOf('/') - 1)] : null;

    /// <summary>Reads a resource id.</summary>
    /// <exception cref="FormatException">The text is not a resource id.</exception>
    public static TargetId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException(
            $"'{text}' is not an Azure resource id (/subscriptions/…/resourceGroups/…/providers/…/…/…)");

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out TargetId? id)
    {
        id = null;
        if (text is null || text.Length is 0 or > MaximumLength || text[0] != '/')
        {
            return false;
        }

        Span<Range> parts = stackalloc Range[Longest + 1];
        var path = text.AsSpan(1);
        parts = parts[..path.Split(parts, '/')];
        if (parts.Length is < Shortest or > Longest || parts.Length % 2 != 0
            || !Is(path[parts[0]], "subscriptions") || !Is(path[parts[2]], "resourceGroups") || !Is(path[parts[4]], "providers"))
        {
            return false;
        }

        foreach (var part in parts)
        {
            if (!IsSegment(path[part]))
            {
                return false;
            }
        }

        // A provider below a resource is another resource's extension: locks, settings, role assignments.
        if (Is(path[parts[6]], "providers"))
        {
            return false;
        }

        var (type, name) = ($"{path[parts[5]]}/{path[parts[6]]}", path[parts[7]].ToString());
        for (var nested = Shortest; nested < parts.Length; nested += 2)
        {
            if (Is(path[parts[nested]], "providers"))
            {
                return false;
            }

            (type, name) = ($"{type}/{path[parts[nested]]}", $"{name}/{path[parts[nested + 1]]}");
        }

        id = new TargetId(text, path[parts[1]].ToString(), path[parts[3]].ToString(), type, name);
        return true;
    }

    public bool Equals(TargetId? other) => other is not null && string.Equals(Key, other.Key, StringComparison.Ordinal);

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Value;

    /// <summary>What would make another path of the id, or end it, when it becomes part of a URL is refused.</summary>
    private static bool IsSegment(ReadOnlySpan<char> part) =>
        part.Length > 0 && part is not "." and not ".." && !part.ContainsAny(Unfit);

    private static bool Is(ReadOnlySpan<char> part, string word) => part.Equals(word, StringComparison.OrdinalIgnoreCase);
}

using System.Text.Json.Serialization;

namespace ScaleFunctions.Core.Targets;

/// <summary>The management groups above a resource. Those that could not be read are not "none": they select nothing and permit nothing.</summary>
[JsonDerivedType(typeof(Read), "read")]
[JsonDerivedType(typeof(Unread), "unread")]
public abstract record ManagementGroups
{
    private ManagementGroups()
    {
    }

    /// <summary>Of a subscription that nobody asked about.</summary>
    public static ManagementGroups NotRead { get; } = new Unread("they were not read");

    /// <param name="Names">Ids of the groups (<c>mg-prod</c>), from the nearest to the root.</param>
    public sealed record Read(IReadOnlyList<string> Names) : ManagementGroups;

    public sealed record Unread(string Reason) : ManagementGroups;
}

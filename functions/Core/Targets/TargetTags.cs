using System.Text.Json.Serialization;

namespace ScaleFunctions.Core.Targets;

/// <summary>The tags of a resource. Tags that could not be read are not "no tags": they select nothing and permit nothing.</summary>
[JsonDerivedType(typeof(Known), "known")]
[JsonDerivedType(typeof(Unknown), "unknown")]
public abstract record TargetTags
{
    private TargetTags()
    {
    }

    public sealed record Known(IReadOnlyDictionary<string, string> Values) : TargetTags;

    public sealed record Unknown(string Reason) : TargetTags;
}

using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Which parts of a scale set an answer shows, by API version and faults.</summary>
internal sealed record ScaleSetShape(bool HasETag, bool HasTags, int? Capacity)
{
    public static ScaleSetShape Of(string version, IReadOnlyList<FaultEffect> faults) => new(
        ApiVersions.HasETag(version),
        !faults.OfType<HideTags>().Any(),
        faults.OfType<ShowCapacity>().FirstOrDefault()?.Capacity);
}

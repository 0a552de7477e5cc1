namespace ScaleFunctions.Core.Targets;

/// <summary>A number of instances beyond which the platform refuses a change, whatever policies say.</summary>
/// <param name="Instances">The last number it takes.</param>
/// <param name="Of">Of what it holds, for people: <c>a zone-redundant plan</c>.</param>
public sealed record PlatformBound(int Instances, string Of)
{
    /// <summary>Every number may be left.</summary>
    public static PlatformBound None { get; } = new(0, "");
}

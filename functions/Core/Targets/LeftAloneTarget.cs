namespace ScaleFunctions.Core.Targets;

/// <summary>A resource with a capacity that is not ours to change, whatever policies say.</summary>
/// <param name="Target">The resource.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record LeftAloneTarget(ObservedTarget Target, string Reason);

using System.Text.Json;

namespace ScaleFunctions.Core.Autoscale;

/// <summary>The settings of a subscription, as Azure gives them.</summary>
/// <param name="Settings">Those that were read.</param>
/// <param name="Problem">Why there may be more; absent when these are all.</param>
public sealed record AutoscaleListing(IReadOnlyList<JsonElement> Settings, string? Problem);

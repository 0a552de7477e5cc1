namespace ScaleFunctions.Core.Sizes;

/// <summary>An instance as it is while a new size is rolled out.</summary>
/// <param name="Id">What Azure calls it within its resource: <c>3</c>.</param>
/// <param name="Size">The size it has; absent when Azure does not say.</param>
/// <param name="IsCurrent">Whether it is as its resource says it shall be (<c>latestModelApplied</c>).</param>
/// <param name="Health">Health extension, probe or instance view.</param>
/// <param name="IsRunning">Whether it is provisioned and runs.</param>
public sealed record SizedInstance(string Id, string? Size, bool IsCurrent, InstanceHealth Health, bool IsRunning);

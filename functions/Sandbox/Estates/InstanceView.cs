namespace ScaleFunctions.Sandbox.Estates;

/// <summary>An instance as it stands at one instant.</summary>
/// <param name="Number">What Azure calls it within its resource.</param>
/// <param name="Size">The size it has.</param>
/// <param name="IsReady">Whether it is provisioned and runs.</param>
/// <param name="IsHealthy">Whether its application says that it is well.</param>
internal readonly record struct InstanceView(int Number, string Size, bool IsReady, bool IsHealthy);

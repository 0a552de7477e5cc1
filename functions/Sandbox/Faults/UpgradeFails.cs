namespace ScaleFunctions.Sandbox.Faults;

/// <summary>Of the instances an upgrade is about only some come to the new size; then it fails.</summary>
/// <param name="Upgraded">How many do.</param>
/// <param name="Code">Azure's error code.</param>
public sealed record UpgradeFails(int Upgraded, string Code = "VMExtensionProvisioningError") : FaultEffect;

namespace ScaleFunctions.Sandbox.Estates;

internal static class ProvisioningStates
{
    public const string Succeeded = "Succeeded";
    public const string Updating = "Updating";
    public const string Failed = "Failed";
}

using Azure.ResourceManager.Compute;
using Azure.ResourceManager.Compute.Models;

namespace ScaleFunctions.Adapters.Compute;

/// <summary>What we use of a scale set as Azure describes it, once it has proven plausible.</summary>
internal sealed record ScaleSetAnswer(int Capacity, string Sku, bool IsUpdating)
{
    // The largest scale set Azure allows.
    public const int LargestCapacity = 1000;

    /// <summary>The name of the size of an instance mix, whose instances are of several.</summary>
    public const string Mix = "Mix";

    /// <summary>Why this scale set is never written; absent when it may be.</summary>
    public string? LeftAlone { get; init; }

    /// <summary>What people should know of it; empty when there is nothing.</summary>
    public string Remark { get; init; } = "";

    /// <summary>The answer, or null and what is wrong with it. There is no capacity by default.</summary>
    public static ScaleSetAnswer? Read(VirtualMachineScaleSetData data, out string problem)
    {
        if (IsWithoutModel(data))
        {
            problem = "";
            return new ScaleSetAnswer(0, "none", IsUpdating: false)
            {
                LeftAlone = "it has no model of its instances (flexible orchestration), so it has no count to set",
            };
        }

        (problem, var answer) = (data.Sku?.Capacity, data.Sku?.Name, data.ProvisioningState) switch
        {
            (null, _, _) => ("it has no capacity", null),
            ( < 0 or > LargestCapacity, _, _) => ($"its capacity {data.Sku?.Capacity} is not possible", null),
            (_, null or "", _) => ("it has no size", null),
            (_, _, null or "") => ("it has no provisioning state", null),
            ({ } capacity, { } size, { } state) => ("", new ScaleSetAnswer((int)capacity, size, !HasSettled(state)) { Remark = RemarkOf(data, size) }),
        };
        return answer;
    }

    /// <summary>Machines are put into it one by one: nobody can ask it for more.</summary>
    private static bool IsWithoutModel(VirtualMachineScaleSetData data) =>
        data.OrchestrationMode == OrchestrationMode.Flexible && data.Sku?.Name is null && data.VirtualMachineProfile is null;

    private static string RemarkOf(VirtualMachineScaleSetData data, string size) => string.Join("; ", new[]
    {
        size.Equals(Mix, StringComparison.OrdinalIgnoreCase) ? "an instance mix: its instances are of several sizes, and no one price is theirs" : "",
        data.UpgradePolicy?.Mode == VirtualMachineScaleSetUpgradeMode.Rolling ? "its upgrades roll, and hold back changes while they do" : "",
    }.Where(text => text.Length > 0));

    private static bool HasSettled(string provisioningState) =>
        provisioningState.ToUpperInvariant() is "SUCCEEDED" or "FAILED" or "CANCELED";
}

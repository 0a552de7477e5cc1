using Azure.ResourceManager.Compute;

namespace ScaleFunctions.Adapters.Compute;

/// <summary>What we use of a scale set as Azure describes it, once it has proven plausible.</summary>
internal sealed record ScaleSetAnswer(int Capacity, string Sku, bool IsUpdating)
{
    // The largest scale set Azure allows.
    public const int LargestCapacity = 1000;

    /// <summary>The answer, or null and what is wrong with it. There is no capacity by default.</summary>
    public static ScaleSetAnswer? Read(VirtualMachineScaleSetData data, out string problem)
    {
        (problem, var answer) = (data.Sku?.Capacity, data.Sku?.Name, data.ProvisioningState) switch
        {
            (null, _, _) => ("it has no capacity", null),
            ( < 0 or > LargestCapacity, _, _) => ($"its capacity {data.Sku?.Capacity} is not possible", null),
            (_, null or "", _) => ("it has no size", null),
            (_, _, null or "") => ("it has no provisioning state", null),
            ({ } capacity, { } size, { } state) => ("", new ScaleSetAnswer((int)capacity, size, !HasSettled(state))),
        };
        return answer;
    }

    private static bool HasSettled(string provisioningState) =>
        provisioningState.ToUpperInvariant() is "SUCCEEDED" or "FAILED" or "CANCELED";
}

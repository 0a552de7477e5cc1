namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>A type of resource in Terraform, and where its capacity stands.</summary>
/// <param name="Type">The type.</param>
/// <param name="AzureType">What Azure calls it.</param>
/// <param name="Path">Blocks and the attribute that lead to the capacity.</param>
/// <param name="Ignored">What <c>ignore_changes</c> calls it.</param>
/// <param name="WhenAbsent">To what a missing attribute sets it; absent when it then keeps what there is.</param>
internal sealed record TerraformKind(string Type, string AzureType, IReadOnlyList<string> Path, string Ignored, string? WhenAbsent = null)
{
    private const string ScaleSets = "Microsoft.Compute/virtualMachineScaleSets";
    private const string Plans = "Microsoft.Web/serverfarms";

    /// <summary>By the documentation of the azurerm provider: <c>instances</c> "defaults to 0" for the two uniform kinds.</summary>
    public static IReadOnlyList<TerraformKind> All { get; } =
    [
        new("azurerm_linux_virtual_machine_scale_set", ScaleSets, ["instances"], "instances", "0"),
        new("azurerm_windows_virtual_machine_scale_set", ScaleSets, ["instances"], "instances", "0"),
        new("azurerm_orchestrated_virtual_machine_scale_set", ScaleSets, ["instances"], "instances"),
        new("azurerm_virtual_machine_scale_set", ScaleSets, ["sku", "capacity"], "sku[0].capacity"),
        new("azurerm_service_plan", Plans, ["worker_count"], "worker_count"),
        new("azurerm_app_service_plan", Plans, ["sku", "capacity"], "sku[0].capacity"),
    ];

    /// <summary>What resources of any type are written with; its capacity is in the body.</summary>
    public const string AnyType = "azapi_resource";

    /// <summary>Azure's types whose capacity is <c>sku.capacity</c>, in the spelling of this program; absent for others.</summary>
    public static string? AzureTypeOf(string text) => ((string[])[ScaleSets, Plans])
        .FirstOrDefault(type => text.Split('@')[0].Equals(type, StringComparison.OrdinalIgnoreCase));

    public static TerraformKind? Of(string type) => All.FirstOrDefault(kind => kind.Type == type);
}

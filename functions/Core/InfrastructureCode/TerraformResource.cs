namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>A resource with a capacity in Terraform's source.</summary>
/// <param name="File">Where it is declared.</param>
/// <param name="Address">Type and name.</param>
/// <param name="Reset">Where its capacity is set; absent when it is left alone.</param>
internal sealed record TerraformResource(string File, string Address, CapacityReset? Reset);

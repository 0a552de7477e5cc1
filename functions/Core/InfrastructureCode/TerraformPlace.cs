namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>A directory of Terraform's source as one deployment sees it.</summary>
/// <param name="Root">The directory that is deployed.</param>
/// <param name="Path">Which modules lead to it, as states and plans write it: <c>module.web.module.disks</c>; empty for the root.</param>
/// <param name="Directory">The directory.</param>
/// <param name="Call">Where it is called; absent for the root.</param>
internal sealed record TerraformPlace(string Root, string Path, string Directory, TerraformCall? Call);

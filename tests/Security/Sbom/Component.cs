namespace ScaleFunctions.Security.Sbom;

/// <summary>Something that is shipped under a name and a version.</summary>
/// <param name="Name">As its registry calls it.</param>
/// <param name="Version">The version.</param>
/// <param name="Kind">Where it comes from: <c>nuget</c>, <c>npm</c>, <c>runtime</c>, or <c>project</c> for our own.</param>
/// <param name="Hash">SHA-512 of the package in hexadecimal; empty where there is no package.</param>
/// <param name="License">An SPDX expression.</param>
/// <param name="Files">Its files in the folder.</param>
internal sealed record Component(string Name, string Version, string Kind, string Hash, string License, IReadOnlyList<ShippedFile> Files)
{
    /// <summary>The address of a package by the rules of package URLs; empty for what is no package.</summary>
    public string PackageUrl => Kind is "nuget" or "npm" ? $"pkg:{Kind}/{Name}@{Version}" : "";
}

/// <summary>A file in the folder.</summary>
/// <param name="Path">Relative to the folder, with slashes.</param>
/// <param name="Hash">SHA-256 in hexadecimal; empty for what is inside another file.</param>
internal sealed record ShippedFile(string Path, string Hash);

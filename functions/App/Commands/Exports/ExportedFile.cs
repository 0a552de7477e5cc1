namespace ScaleFunctions.App.Commands.Exports;

/// <summary>A policy file that was read.</summary>
/// <param name="Name">Below the policy directory.</param>
/// <param name="Sha256">Of its bytes, hexadecimal.</param>
internal sealed record ExportedFile(string Name, string Sha256);

namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>What was not judged.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1; 0 for all of the file.</param>
/// <param name="Why">Why not.</param>
public sealed record CodeDoubt(string File, int Line, string Why);

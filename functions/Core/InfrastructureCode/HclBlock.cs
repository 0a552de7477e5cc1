namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>A block of HCL.</summary>
/// <param name="Type">Its first word.</param>
/// <param name="Labels">The words after it.</param>
/// <param name="Body">What is between the braces.</param>
/// <param name="Start">Offset of its first word.</param>
/// <param name="Open">Offset of its opening brace.</param>
/// <param name="Close">Offset of its closing brace.</param>
internal sealed record HclBlock(string Type, IReadOnlyList<string> Labels, HclBody Body, int Start, int Open, int Close);

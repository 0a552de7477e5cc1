namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>What a module is given for one of its variables.</summary>
/// <param name="File">Where that stands.</param>
/// <param name="Line">From 1.</param>
/// <param name="Text">As it is written.</param>
internal sealed record CallArgument(string File, int Line, string Text);

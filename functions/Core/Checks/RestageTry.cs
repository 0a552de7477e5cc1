namespace ScaleFunctions.Core.Checks;

/// <summary>A step that was tried.</summary>
/// <param name="Step">Which.</param>
/// <param name="Size">With which size.</param>
/// <param name="At">When.</param>
public sealed record RestageTry(RestageAct Step, string Size, DateTimeOffset At);

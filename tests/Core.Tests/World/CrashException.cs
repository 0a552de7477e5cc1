namespace ScaleFunctions.Core.Tests.World;

/// <summary>The process ends here. It passes every catch of the cycle, as a killed process would.</summary>
internal sealed class CrashException : OperationCanceledException;

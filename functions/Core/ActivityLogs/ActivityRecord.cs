namespace ScaleFunctions.Core.ActivityLogs;

/// <summary>A change as Azure's activity log has it.</summary>
/// <param name="At">When.</param>
/// <param name="Caller">Who: a mail address, or the object id of an application; <c>unknown</c> when the log does not say.</param>
/// <param name="Operation">What, for example <c>Microsoft.Compute/virtualMachineScaleSets/write</c>.</param>
/// <param name="Resource">Id of the resource.</param>
/// <param name="Status">How it went: <c>Started</c>, <c>Accepted</c>, <c>Succeeded</c>, <c>Failed</c>.</param>
public sealed record ActivityRecord(DateTimeOffset At, string Caller, string Operation, string Resource, string Status);

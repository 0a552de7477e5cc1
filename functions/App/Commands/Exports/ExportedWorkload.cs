namespace ScaleFunctions.App.Commands.Exports;

/// <summary>What holds for the resources of a workload.</summary>
/// <param name="Name">Name of the workload.</param>
/// <param name="Owner">Whom to ask; empty when not said.</param>
/// <param name="Select">Which resources it is made of, in words.</param>
/// <param name="Policies">Those that are in force for it.</param>
internal sealed record ExportedWorkload(string Name, string Owner, string Select, IReadOnlyList<ExportedPolicy> Policies);

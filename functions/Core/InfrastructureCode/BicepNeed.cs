namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>A parameter that a capacity comes from.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="Resource">The resource, for people.</param>
/// <param name="Type">Azure's type of it.</param>
/// <param name="Line">Where the parameter is used, from 1.</param>
internal sealed record BicepNeed(string Parameter, string Resource, string Type, int Line);

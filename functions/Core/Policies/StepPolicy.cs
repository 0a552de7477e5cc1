namespace ScaleFunctions.Core.Policies;

/// <summary>Add or remove instances when a signal is above or below a value; one of the two is given.</summary>
public sealed record StepPolicy
{
    /// <summary>Name of a signal of the same policy.</summary>
    public required string Signal { get; init; }

    /// <summary>Adds when the signal is above this.</summary>
    public double? Above { get; init; }

    /// <summary>Removes when the signal is below this.</summary>
    public double? Below { get; init; }

    /// <summary>Instances to add or remove, at least 1.</summary>
    public required int Change { get; init; }
}

using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Sizes;

/// <summary>Reads the size of a type of resource, where nothing that could write is made.</summary>
public interface ISizeSource
{
    /// <summary>Whether it knows resources of this type.</summary>
    bool Serves(string resourceType);

    /// <summary>The size, and what another must have. Faults are <see cref="SizeReading.Unreadable"/>.</summary>
    Task<SizeReading> ReadSizeAsync(TargetId target, CancellationToken cancellationToken);
}

namespace ScaleFunctions.Core.Policies;

/// <summary>How a capacity of a declared kind is written. There are no others: whoever could name DELETE or POST could do anything.</summary>
public enum DeclaredVerb
{
    /// <summary>Sends the object around the capacity, and nothing else.</summary>
    Patch,

    /// <summary>Sends the whole resource back as it was read, with another capacity.</summary>
    Put,
}

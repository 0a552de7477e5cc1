namespace ScaleFunctions.Core.Policies;

/// <summary>What is done about another size that is wanted.</summary>
public enum SizeMode
{
    /// <summary>It is told, with its reasons.</summary>
    Recommend,

    /// <summary>The resource is given it, where somebody can tell afterwards that it is well.</summary>
    Act,
}

namespace ScaleFunctions.Core.Policies;

/// <summary>Whether decisions are carried out.</summary>
public enum PolicyMode
{
    /// <summary>Decide and say so; write nothing to Azure. The default.</summary>
    Observe,

    /// <summary>Decide and act.</summary>
    Act,
}

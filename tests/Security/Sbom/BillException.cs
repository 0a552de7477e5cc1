namespace ScaleFunctions.Security.Sbom;

/// <summary>What is shipped cannot be told in full; says why.</summary>
internal sealed class BillException : Exception
{
    public BillException()
    {
    }

    public BillException(string message)
        : base(message)
    {
    }

    public BillException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

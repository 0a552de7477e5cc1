namespace ScaleFunctions.Core.Checks;

/// <summary>A write of a machine's way to another size.</summary>
public enum RestageAct
{
    Deallocate,
    Resize,
    Start,
}

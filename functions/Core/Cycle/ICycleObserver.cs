namespace ScaleFunctions.Core.Cycle;

/// <summary>Is told what the cycle did, after it was done. A face, never a part of the work.</summary>
public interface ICycleObserver
{
    void Observe(TickReport report);
}

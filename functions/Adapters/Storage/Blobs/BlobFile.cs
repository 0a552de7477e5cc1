namespace ScaleFunctions.Adapters.Storage.Blobs;

/// <summary>A blob as a listing names it.</summary>
/// <param name="Name">Its name in the container, with slashes where there are folders.</param>
/// <param name="ETag">Another one each time it is written.</param>
/// <param name="Length">Bytes.</param>
public sealed record BlobFile(string Name, string ETag, long Length);

global using Tepui.Runtime.Hosting;

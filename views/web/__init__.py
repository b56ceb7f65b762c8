"""What answers the network: routes, join links, headers and origins, the gate before Streamlit, the shared objects."""
